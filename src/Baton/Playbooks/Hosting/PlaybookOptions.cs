namespace Baton.Playbooks;

/// <summary>Where the playbook is and how its changes are noticed.</summary>
public sealed class PlaybookOptions
{
    /// <summary>The folder that holds <c>playbook.yaml</c>.</summary>
    public required string Directory { get; set; }

    /// <summary>A file that is taken for the playbook's <c>models.yaml</c>, in place of its own; null takes its own.</summary>
    public string? ModelsFile { get; set; }

    /// <summary>Whether a changed file is taken over while running. Default true.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>Quiet time after the last change before the folder is read. Default 500 ms, range 0 to 1 minute.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How much the folder may hold.</summary>
    public LoadLimits Limits { get; set; } = new();
}
