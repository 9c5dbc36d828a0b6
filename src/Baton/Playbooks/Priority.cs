namespace Baton.Playbooks;

/// <summary>How soon a ticket should be worked on. Order matters: later is more pressing.</summary>
public enum Priority
{
    Low,
    Normal,
    High,
    Urgent,
}
