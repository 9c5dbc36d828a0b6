using System.ComponentModel.DataAnnotations;

namespace Baton.Knowledge.Importing;

/// <summary>How much an import may hold, so that a broken or hostile export costs little to refuse.</summary>
internal sealed record ImportLimits
{
    /// <summary>Largest file, bytes. Default 64 MiB.</summary>
    [Range(1_024, 1_073_741_824)]
    public int FileBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Articles of one source, and files of one folder. Default 1,500; a playbook holds 2,000 files.</summary>
    [Range(1, 2_000)]
    public int Articles { get; init; } = 1_500;

    /// <summary>Longest page and longest article, characters. Default 500,000: a playbook's file holds 1 MiB.</summary>
    [Range(1_000, 1_000_000)]
    public int ArticleCharacters { get; init; } = 500_000;

    /// <summary>Products of one catalogue. Default 3,000; each is a section to choose among.</summary>
    [Range(1, 100_000)]
    public int Products { get; init; } = 3_000;

    /// <summary>Columns of a catalogue. Default 40.</summary>
    [Range(1, 1_000)]
    public int Columns { get; init; } = 40;

    /// <summary>Reported problems of one source; the rest is counted. Default 200.</summary>
    [Range(1, 100_000)]
    public int Problems { get; init; } = 200;
}
