using System.ComponentModel.DataAnnotations;
using Baton.Gateway.Money.Exporting;
using Baton.Operations.Scheduling;
using Baton.Playbooks;

namespace Baton.Gateway;

/// <summary>Where receipts are put for a warehouse, and when.</summary>
public sealed record ReceiptDropOptions : IValidatableObject
{
    /// <summary>
    /// Folder that gets a file of new receipts at each time, on every process that works. Default empty: nothing is put
    /// anywhere.
    /// </summary>
    public string Folder { get; init; } = "";

    /// <summary>
    /// Five fields; empty takes it off the calendar, which is everybody's. Default a quarter past two every night.
    /// </summary>
    public string Cron { get; init; } = "15 2 * * *";

    /// <summary>IANA zone of the line. Default UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary><c>jsonl</c>, <c>csv</c> or <c>parquet</c>. Default <c>jsonl</c>.</summary>
    public string Format { get; init; } = "jsonl";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (EnumWords.Find<ReceiptFormat>(Format) is null)
            yield return new ValidationResult(
                $"is '{Format}', use {string.Join(", ", EnumWords.All<ReceiptFormat>())}", [nameof(Format)]);
        if (Cron.Length == 0) yield break;
        string? problem = null;
        try
        {
            if (Schedules.Next(Cron, TimeZone, DateTimeOffset.UnixEpoch) is null) problem = $"is '{Cron}', which never comes";
        }
        catch (FormatException error)
        {
            problem = error.Message;
        }
        if (problem is not null) yield return new ValidationResult(problem, [nameof(Cron)]);
    }
}
