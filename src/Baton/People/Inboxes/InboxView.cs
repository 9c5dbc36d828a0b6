namespace Baton.People.Inboxes;

/// <summary>A list of the inbox.</summary>
public enum InboxView
{
    /// <summary>What the person has, and what is offered to the person.</summary>
    Mine,

    /// <summary>What nobody has in the person's queues.</summary>
    Queues,

    /// <summary>What nobody has in any queue.</summary>
    Unassigned,

    /// <summary>Whatever is owed and was not done in time, whoever has it.</summary>
    Late,

    /// <summary>Every open ticket, for leads.</summary>
    All,
}
