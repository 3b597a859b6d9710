"""Planning: a question becomes a small program (`reasoning.logic`) and what to ask of texts."""

from reasoning.planning.plan import Failure, Known, Plan, Planner, Turn, plan_of

__all__ = ["Failure", "Known", "Plan", "Planner", "Turn", "plan_of"]
