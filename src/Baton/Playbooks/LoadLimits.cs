using System.ComponentModel.DataAnnotations;

namespace Baton.Playbooks;

/// <summary>How much a playbook folder may hold, so that a broken or hostile one costs little to refuse.</summary>
public sealed record LoadLimits
{
    /// <summary>Largest file, bytes.</summary>
    [Range(1_024, 104_857_600)]
    public int FileBytes { get; init; } = 1_048_576;

    /// <summary>Files read in all.</summary>
    [Range(1, 100_000)]
    public int Files { get; init; } = 2_000;

    /// <summary>Size of all files together, bytes.</summary>
    [Range(typeof(long), "1024", "2147483648")]
    public long TotalBytes { get; init; } = 33_554_432;

    /// <summary>Mappings and lists inside each other in one YAML file.</summary>
    [Range(4, 100)]
    public int YamlDepth { get; init; } = 16;

    /// <summary>Values in one YAML file.</summary>
    [Range(100, 10_000_000)]
    public int YamlValues { get; init; } = 100_000;

    /// <summary>Longest prompt, characters.</summary>
    [Range(100, 1_000_000)]
    public int PromptCharacters { get; init; } = 20_000;

    /// <summary>Problems reported; the rest is counted.</summary>
    [Range(1, 100_000)]
    public int Problems { get; init; } = 500;
}
