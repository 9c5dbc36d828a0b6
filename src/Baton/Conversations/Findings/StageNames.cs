using Baton.Playbooks.Models;

namespace Baton.Conversations.Findings;

/// <summary>
/// Names of stages that others than the stage itself know. They stand in the ledger and never change.
/// </summary>
public static class StageNames
{
    public const string Context = "context";
    public const string Triage = ModelStages.Triage;
    public const string Tone = ModelStages.Tone;
    public const string Complexity = ModelStages.Complexity;
    public const string Escalation = ModelStages.Escalation;
    public const string Act = "act";
    public const string Agent = ModelStages.Agent;
    public const string Resolve = "resolve";
    public const string Check = ModelStages.Check;
    public const string Final = ModelStages.Final;
    public const string Recheck = "recheck";
    public const string Guard = "guard";
    public const string Offers = "offers";
    public const string Summary = ModelStages.Summary;
    public const string SecondOpinion = "second_opinion";
}
