namespace Baton.Conversations.Judging;

/// <summary>A person's answer to <em>Was a person needed?</em>: the truth that handoffs are measured against.</summary>
public enum PersonNeeded
{
    Yes,

    /// <summary>Automation could have settled it.</summary>
    No,

    /// <summary>A person was needed, of another team.</summary>
    WrongTeam,
}

/// <summary>What became of a ticket that a person closed.</summary>
public enum CloseOutcome
{
    Solved,

    /// <summary>Nothing more can be done for the customer here.</summary>
    NotSolved,

    NoReplyNeeded,

    /// <summary>The same matter is worked on in another ticket.</summary>
    Duplicate,

    Spam,
}

/// <summary>Why a person moved a ticket to another queue.</summary>
public enum RerouteReason
{
    WrongTeam,
    NeedsSkill,
    NeedsLanguage,

    /// <summary>Rights in another system.</summary>
    NeedsAccess,

    /// <summary>Somebody with more experience or authority.</summary>
    NeedsSenior,

    Other,
}
