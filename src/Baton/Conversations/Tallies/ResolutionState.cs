namespace Baton.Conversations.Tallies;

/// <summary>
/// How far a ticket that automation answered is resolved. It is in one state at a time; one that a person worked
/// on is in none.
/// </summary>
public enum ResolutionState
{
    /// <summary>Answered, and nobody has said anything since.</summary>
    Contained,

    /// <summary>The customer was silent for as long as the playbook says.</summary>
    Assumed,

    /// <summary>The customer says so.</summary>
    Confirmed,

    /// <summary>A judge has read the answer and agrees.</summary>
    Verified,

    /// <summary>It had counted, and the customer came back.</summary>
    Withdrawn,
}
