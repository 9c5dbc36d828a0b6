namespace Baton.Playbooks;

/// <summary>What a service level is measured on, as events, tables and playbooks spell it.</summary>
public static class SlaMetric
{
    /// <summary>Until a person replies for the first time.</summary>
    public const string FirstReply = "first_reply";

    /// <summary>Until a person closes the ticket.</summary>
    public const string Resolution = "resolution";

    /// <summary>Kind of the timer that a target of a conversation runs on.</summary>
    public static string Timer(string metric) => "sla_" + metric;
}
