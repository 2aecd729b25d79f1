"""A workflow as a table and a diagram, for the generated papers."""

from typing import Any

from talent.casework.workflow import Workflow


def table(workflow: Workflow[Any, Any, Any]) -> str:
    """The workflow as a Markdown table, one row per step."""
    lines = ["| from | action | to | who | checked |", "|---|---|---|---|---|"]
    lines += [
        f"| {step.source} | {step.action} | {step.target} | `{step.permission}` | "
        f"{'`' + step.unmet.__name__ + '`' if step.unmet else ''} |"
        for step in workflow.steps
    ]
    return "\n".join(lines)


def diagram(workflow: Workflow[Any, Any, Any]) -> str:
    """The workflow as a Mermaid state diagram."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {workflow.initial}"]
    lines += [f"    {step.source} --> {step.target}: {step.action}" for step in workflow.steps]
    lines += [f"    {state} --> [*]" for state in sorted(workflow.final)]
    return "\n".join([*lines, "```"])
