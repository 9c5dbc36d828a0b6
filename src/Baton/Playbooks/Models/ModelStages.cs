namespace Baton.Playbooks.Models;

/// <summary>
/// The steps of the pipeline that may ask a model. Each is a stage of <c>models.yaml</c> and has a prompt.
/// </summary>
public static class ModelStages
{
    /// <summary>Which intent the message is about.</summary>
    public const string Triage = "triage";

    /// <summary>Mood and urgency of the customer's own words.</summary>
    public const string Tone = "tone";

    /// <summary>How hard the request is.</summary>
    public const string Complexity = "complexity";

    /// <summary>An opinion on whether automation should answer. Code decides.</summary>
    public const string Escalation = "escalation";

    /// <summary>An answer from retrieved passages.</summary>
    public const string Draft = "draft";

    /// <summary>Whether a draft keeps to tone and policy.</summary>
    public const string Check = "check";

    /// <summary>The second and last version of an answer that the check did not let pass.</summary>
    public const string Final = "final";

    /// <summary>One sentence for the person who takes over.</summary>
    public const string Summary = "summary";

    /// <summary>Works with tools on a request of several steps.</summary>
    public const string Agent = "agent";

    /// <summary>A second look at a score of a workflow that rules leave in doubt.</summary>
    public const string Fraud = "fraud";

    /// <summary>Every step, in the order of the pipeline.</summary>
    public static readonly IReadOnlyList<string> All =
        [Triage, Tone, Complexity, Escalation, Agent, Fraud, Draft, Check, Final, Summary];

    /// <summary>
    /// What <c>{{name}}</c> in a prompt may stand for. All of it is the playbook's own text: words of customers never
    /// get into a system prompt.
    /// </summary>
    public static readonly IReadOnlyList<string> Holes =
        ["brand", "voice", "languages", "intents", "greeting", "signature"];
}
