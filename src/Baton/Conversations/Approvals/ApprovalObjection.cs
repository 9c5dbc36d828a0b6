namespace Baton.Conversations.Approvals;

/// <summary>
/// Whether policy allows the inputs that an approval would be decided with. The desk asks it before a yes to other
/// inputs than were asked for counts, so that whoever typed them is told at once.
/// </summary>
/// <param name="approval">As it stands.</param>
/// <param name="inputs">JSON of the inputs that would be called with.</param>
/// <returns>Null: nothing speaks against them.</returns>
internal delegate Task<ApprovalObjection?> ApprovalCheck(
    Approval approval, string inputs, CancellationToken cancellationToken);

/// <summary>What speaks against inputs.</summary>
/// <param name="Why">For whoever decides: what, which value, what is allowed.</param>
/// <param name="Clause">What forbids them; null when it cannot be told now, and may be in a moment.</param>
internal sealed record ApprovalObjection(string Why, string? Clause);
