using Baton.Playbooks.Rules;

namespace Baton.Playbooks.Workflows;

/// <summary>One step of a workflow. The set is closed.</summary>
/// <param name="Name">Unique in the workflow; an answer stands under it for later steps.</param>
/// <param name="Agent">Who takes it.</param>
public abstract record WorkflowStep(string Name, string Agent)
{
    /// <summary>Calls a tool.</summary>
    /// <param name="Inputs">Each a text with holes such as <c>{read.order.refundable}</c>.</param>
    /// <param name="Undo">What takes its effect back when a later step fails; null when nothing does.</param>
    public sealed record Call(
        string Name, string Agent, string Tool, IReadOnlyDictionary<string, string> Inputs, WorkflowUndo? Undo)
        : WorkflowStep(Name, Agent);

    /// <summary>Adds up signs that something is wrong.</summary>
    /// <param name="SuspiciousFrom">Points from which a person looks at it.</param>
    /// <param name="OpinionFrom">
    /// Points from which a model is asked as well, where there is one; null: it never is.
    /// </param>
    public sealed record Score(
        string Name, string Agent, IReadOnlyList<WorkflowSign> Signs, int SuspiciousFrom, int? OpinionFrom = null)
        : WorkflowStep(Name, Agent);

    /// <summary>Goes on only where every condition holds; what is not known does not hold.</summary>
    public sealed record Check(string Name, string Agent, IReadOnlyList<WorkflowRule> Rules)
        : WorkflowStep(Name, Agent);

    /// <summary>Tells the customer; always the last step.</summary>
    /// <param name="Text">With holes; a line whose hole has no value is left out.</param>
    public sealed record Tell(string Name, string Agent, string Text) : WorkflowStep(Name, Agent);
}

/// <summary>A sign that something is wrong.</summary>
/// <param name="Points">1 to 100.</param>
public sealed record WorkflowSign(Condition When, int Points, string Why);

/// <summary>A condition of going on.</summary>
/// <param name="Otherwise">What the person is told who gets it instead.</param>
public sealed record WorkflowRule(Condition When, string Otherwise);

/// <summary>The call that takes an effect back.</summary>
public sealed record WorkflowUndo(string Tool, IReadOnlyDictionary<string, string> Inputs);
