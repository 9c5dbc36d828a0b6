namespace Baton.Operations;

/// <summary>What a key may be allowed to do.</summary>
internal static class AccessScopes
{
    /// <summary>Read tickets, their messages and their record.</summary>
    public const string TicketsRead = "tickets:read";

    /// <summary>Submit tickets and messages of customers.</summary>
    public const string TicketsWrite = "tickets:write";

    /// <summary>Act as a person of the team: claim, reply, reroute, close.</summary>
    public const string People = "people";

    /// <summary>Figures and switches of the installation.</summary>
    public const string Operations = "operations";

    /// <summary>Read the audit view and take it away, signed.</summary>
    public const string Audit = "audit";

    /// <summary>Every scope there is, those of later releases included.</summary>
    public const string Everything = "*";

    public static readonly IReadOnlyList<string> All = [TicketsRead, TicketsWrite, People, Operations, Audit];
}
