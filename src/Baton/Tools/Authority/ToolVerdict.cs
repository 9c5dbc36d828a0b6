namespace Baton.Tools.Authority;

/// <summary>Whether a call may be made. The set is closed.</summary>
internal abstract record ToolVerdict
{
    private ToolVerdict() { }

    public sealed record Allowed : ToolVerdict;

    /// <param name="Reason">For people; a model learns only that it may not.</param>
    /// <param name="Clause">What forbids it: <c>scope</c>, <c>precondition:window</c>, <c>limit:per_day</c> …</param>
    public sealed record Denied(string Reason, string Clause) : ToolVerdict;

    /// <summary>The customer is shown the call first, and has to say yes.</summary>
    public sealed record NeedsConfirmation : ToolVerdict;

    /// <param name="Role">The least role of who may decide.</param>
    /// <param name="FourEyes">Whether two people must agree.</param>
    public sealed record NeedsApproval(string Reason, string Clause, string Role, bool FourEyes) : ToolVerdict;
}
