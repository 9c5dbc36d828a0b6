namespace Baton.Playbooks;

/// <summary>A playbook came into force.</summary>
/// <param name="Version">Of the playbook in force from now on.</param>
/// <param name="Previous">Of the one before; null at the start.</param>
public sealed record PlaybookActivated(string Name, string Version, string? Previous, DateTimeOffset At);

/// <summary>What a reload did.</summary>
public abstract record PlaybookReload
{
    private PlaybookReload() { }

    /// <summary>The folder holds another valid playbook, which is in force now.</summary>
    public sealed record Activated(PlaybookActivated Fact, IReadOnlyList<PlaybookProblem> Warnings) : PlaybookReload;

    /// <summary>The folder holds what is in force already.</summary>
    public sealed record Unchanged : PlaybookReload;

    /// <summary>The folder holds another valid playbook, which has to pass its gates first.</summary>
    public sealed record Waits(string Version) : PlaybookReload;

    /// <summary>The folder is not valid: the playbook that was in force still is.</summary>
    public sealed record Kept(IReadOnlyList<PlaybookProblem> Problems) : PlaybookReload;
}

/// <summary>
/// There is no valid playbook to start with. Fix the problems and start again; a retry changes nothing.
/// </summary>
public sealed class InvalidPlaybookException(string directory, IReadOnlyList<PlaybookProblem> problems)
    : Exception($"{directory} is not a valid playbook:\n{string.Join('\n', problems)}")
{
    public IReadOnlyList<PlaybookProblem> Problems { get; } = problems;
}
