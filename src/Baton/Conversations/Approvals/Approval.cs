namespace Baton.Conversations.Approvals;

/// <summary>A call that waits for a person, or did.</summary>
internal sealed record Approval
{
    public required string Id { get; init; }

    /// <summary>The effect that it is about; while one is open or approved there is no other of it.</summary>
    public required string EffectKey { get; init; }

    public required string ConversationId { get; init; }

    public int Turn { get; init; }

    public required string Agent { get; init; }

    public required string Tool { get; init; }

    /// <summary>Of the inputs as they were asked for, also when a person changed them.</summary>
    public required string InputDigest { get; init; }

    /// <summary>The inputs as JSON, as they will be called; null when the customer's texts were erased.</summary>
    public string? Inputs { get; init; }

    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>Why a person is asked; no personal data.</summary>
    public required string Reason { get; init; }

    /// <summary>The least role of who may decide.</summary>
    public required string Role { get; init; }

    /// <summary>Whether two people must agree.</summary>
    public bool FourEyes { get; init; }

    public ApprovalStatus Status { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who has said yes so far.</summary>
    public IReadOnlyList<string> Yes { get; init; } = [];
}

/// <summary>How an approval stands.</summary>
internal enum ApprovalStatus
{
    Open,
    Approved,
    Refused,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>The ticket went another way meanwhile.</summary>
    Withdrawn,
}

/// <summary>What came of a decision. The set is closed.</summary>
internal abstract record ApprovalAnswer
{
    private ApprovalAnswer() { }

    /// <summary>It counts; the approval as it is now.</summary>
    public sealed record Taken(Approval Now) : ApprovalAnswer;

    public sealed record NotThere : ApprovalAnswer;

    /// <summary>Who decides may not.</summary>
    public sealed record NotAllowed(string Why) : ApprovalAnswer;

    /// <summary>It cannot be decided any more, or not so.</summary>
    public sealed record Late(string Why) : ApprovalAnswer;

    /// <summary>Policy does not allow the inputs that somebody wants instead; it stays open.</summary>
    /// <param name="Clause">What forbids them.</param>
    public sealed record Forbidden(string Why, string Clause) : ApprovalAnswer;
}

/// <summary>What a person says to an approval.</summary>
/// <param name="By">Id of the person, or name of the key.</param>
/// <param name="Role">Of that person: viewer, agent, lead or admin.</param>
/// <param name="Inputs">JSON of inputs to call with instead; null: as asked.</param>
/// <param name="Why">For the record; needed to refuse.</param>
internal sealed record ApprovalVote(string By, string Role, bool Approves, string? Inputs = null, string? Why = null);
