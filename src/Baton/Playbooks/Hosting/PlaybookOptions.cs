using System.ComponentModel.DataAnnotations;

namespace Baton.Playbooks;

/// <summary>Where the playbook is and how its changes are noticed.</summary>
public sealed class PlaybookOptions
{
    /// <summary>The folder that holds <c>playbook.yaml</c>.</summary>
    public required string Directory { get; set; }

    /// <summary>
    /// A file that is taken for the playbook's <c>models.yaml</c>, in place of its own; null takes its own.
    /// </summary>
    public string? ModelsFile { get; set; }

    /// <summary>Whether a changed file is taken over while running. Default true.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>Quiet time after the last change before the folder is read. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a process looks which version the database names. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan FollowEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The same settings for a folder.</summary>
    internal PlaybookOptions At(string directory, string? modelsFile) => new()
    {
        Directory = directory, ModelsFile = modelsFile, Watch = Watch, SettleTime = SettleTime, Limits = Limits,
        FollowEvery = FollowEvery,
    };

    /// <summary>How much the folder may hold.</summary>
    public LoadLimits Limits { get; set; } = new();
}
