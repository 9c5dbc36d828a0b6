using System.Diagnostics;
using Baton.Playbooks;

namespace Baton.Conversations;

/// <summary>The closed sets of the vocabulary as files, tables and the API spell them.</summary>
public static class Words
{
    public static string Of(Route route) => route switch
    {
        Route.Auto => "auto",
        Route.Ask => "ask",
        Route.L1 => "l1",
        Route.L2 => "l2",
        Route.L3 => "l3",
        Route.HumanNow => "human_now",
        _ => throw new UnreachableException(),
    };

    public static string Of(OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Replied => "replied",
        OutcomeKind.Asked => "asked",
        OutcomeKind.Escalated => "escalated",
        OutcomeKind.Held => "held",
        OutcomeKind.Silent => "silent",
        _ => throw new UnreachableException(),
    };

    public static string Of(Priority priority) => priority switch
    {
        Priority.Low => "low",
        Priority.Normal => "normal",
        Priority.High => "high",
        Priority.Urgent => "urgent",
        _ => throw new UnreachableException(),
    };
}
