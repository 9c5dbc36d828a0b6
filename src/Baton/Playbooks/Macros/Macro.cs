namespace Baton.Playbooks.Macros;

/// <summary>A text that people of the team send often, with holes that are filled for each ticket.</summary>
public sealed record Macro
{
    /// <summary>Name of its file without extension.</summary>
    public required string Name { get; init; }

    /// <summary>What people look for.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown with <c>{holes}</c>.</summary>
    public required string Text { get; init; }

    /// <summary>Where it is offered first; none: everywhere alike.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>ISO 639-1; null: of any language.</summary>
    public string? Language { get; init; }

    /// <summary>Holes that only the person can fill, each with what belongs there.</summary>
    public IReadOnlyDictionary<string, string> Asks { get; init; } = new Dictionary<string, string>();
}
