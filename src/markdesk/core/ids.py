"""The names that things go by. All are text; the types keep one from being used as another."""

from typing import NewType

StudentId = NewType("StudentId", str)
GroupId = NewType("GroupId", str)
AssignmentId = NewType("AssignmentId", str)
ScriptId = NewType("ScriptId", str)
MarkingId = NewType("MarkingId", str)
AnnotationId = NewType("AnnotationId", str)
MarkerId = NewType("MarkerId", str)
StepId = NewType("StepId", str)
PaperSetId = NewType("PaperSetId", str)
ScaleId = NewType("ScaleId", str)
StrandId = NewType("StrandId", str)
EssayHash = NewType("EssayHash", str)
RubricHash = NewType("RubricHash", str)
