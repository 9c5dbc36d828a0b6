namespace Baton.Playbooks;

/// <summary>Where a turn goes. Words in files are the snake-case names.</summary>
public enum Route
{
    /// <summary>Answer it.</summary>
    Auto,

    /// <summary>One question back.</summary>
    Ask,

    L1,
    L2,
    L3,

    /// <summary>A person at once, ahead of every queue.</summary>
    HumanNow,
}
