namespace Baton.Playbooks;

/// <summary>What a service level is measured on, as events, tables and playbooks spell it.</summary>
public static class SlaMetric
{
    /// <summary>From the escalation until a person replies for the first time.</summary>
    public const string FirstReply = "first_reply";

    /// <summary>From the oldest message of the customer that nobody has answered until a person replies.</summary>
    public const string NextReply = "next_reply";

    /// <summary>Time that the customer waits for us; it pauses while we wait for the customer.</summary>
    public const string RequesterWait = "requester_wait";

    /// <summary>From the escalation until the ticket is closed, waiting for the customer included.</summary>
    public const string Resolution = "resolution";

    /// <summary>All of them, in the order they are shown.</summary>
    public static IReadOnlyList<string> All { get; } = [FirstReply, NextReply, RequesterWait, Resolution];

    /// <summary>Kind of the timer that a target of a conversation runs on.</summary>
    public static string Timer(string metric) => "sla_" + metric;
}
