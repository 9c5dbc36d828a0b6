using System.ComponentModel.DataAnnotations;

namespace Baton.Operations.Backups;

/// <summary>
/// Backups by the calendar, which is everybody's: <see cref="Folder"/> and <see cref="KeyFile"/> belong on every
/// process that works.
/// </summary>
internal sealed record BackupOptions : IValidatableObject
{
    /// <summary>Where backups go: another disk or machine than the database. Default none.</summary>
    public string? Folder { get; init; }

    /// <summary>File with the key that they are encrypted with, 32 bytes in base64; never in <see cref="Folder"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>When, five fields, UTC; empty takes it off the calendar. Default every night at 2:15.</summary>
    public string Cron { get; init; } = "15 2 * * *";

    /// <summary>Days of which the newest backup is kept. Default 7.</summary>
    [Range(1, 3_650)]
    public int KeepDays { get; init; } = 7;

    /// <summary>Weeks of which the newest backup is kept. Default 4.</summary>
    [Range(0, 520)]
    public int KeepWeeks { get; init; } = 4;

    /// <summary>Months of which the newest backup is kept. Default 6.</summary>
    [Range(0, 120)]
    public int KeepMonths { get; init; } = 6;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Folder is null != KeyFile is null)
            yield return new ValidationResult("needs the other one too: set both Folder and KeyFile, or none",
                [Folder is null ? nameof(Folder) : nameof(KeyFile)]);
    }
}
