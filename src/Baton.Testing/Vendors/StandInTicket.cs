namespace Baton.Testing.Vendors;

/// <summary>Who wrote an entry at a stand-in.</summary>
public enum StandInAuthor
{
    Customer,
    Agent,
    Baton,
}

/// <summary>A ticket as a stand-in keeps it, whichever vendor it stands for.</summary>
public sealed class StandInTicket
{
    public required string Id { get; init; }

    public required string Subject { get; init; }

    public required string Email { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>In the vendor's own words.</summary>
    public required string Status { get; set; }

    public string? Priority { get; set; }

    public string? Group { get; set; }

    /// <summary>Number of the person who has it; null: nobody.</summary>
    public string? Assignee { get; set; }

    public int? Stars { get; set; }

    public string? Remark { get; set; }

    public SortedSet<string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Custom fields, by the vendor's name of them.</summary>
    public Dictionary<string, string> Fields { get; } = [];

    public List<StandInEntry> Entries { get; } = [];

    /// <summary>What Baton has said to the customer.</summary>
    public IReadOnlyList<string> Said => Of(isPublic: true);

    /// <summary>What Baton has written for colleagues.</summary>
    public IReadOnlyList<string> Noted => Of(isPublic: false);

    private IReadOnlyList<string> Of(bool isPublic) =>
        [.. Entries.Where(e => e.Who == StandInAuthor.Baton && e.IsPublic == isPublic).Select(e => e.Text)];
}

/// <summary>One entry.</summary>
public sealed record StandInEntry(string Id, StandInAuthor Who, string Text, bool IsPublic, DateTimeOffset At)
{
    /// <summary>What was attached: name, type and content as text.</summary>
    public IList<(string Name, string Type, string Content)> Files { get; } = [];
}
