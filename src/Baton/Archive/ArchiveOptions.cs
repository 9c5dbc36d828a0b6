using System.ComponentModel.DataAnnotations;

namespace Baton.Archive;

/// <summary>How a bucket is asked to keep what is written to it.</summary>
public enum ObjectLock
{
    /// <summary>Nothing is asked for.</summary>
    None,

    /// <summary>Nobody may remove it before its time but who holds a right for that.</summary>
    Governance,

    /// <summary>Nobody may remove it before its time.</summary>
    Compliance,
}

/// <summary>When months leave the database, where they go, and how long they are kept there.</summary>
public sealed record ArchiveOptions
{
    /// <summary>
    /// A folder, or <c>s3://bucket/prefix</c>; null: nothing leaves by the calendar, and <c>baton audit archive</c> is
    /// told where to.
    /// </summary>
    public string? To { get; init; }

    /// <summary>
    /// Days since the last change of any ticket of a month, all of which are closed, until it leaves.
    /// </summary>
    [Range(1, 3_650)]
    public int Days { get; init; } = 90;

    /// <summary>Years that a segment is kept; then it is destroyed with a certificate.</summary>
    [Range(1, 100)]
    public int Years { get; init; } = 7;

    /// <summary>Tickets of one segment at most.</summary>
    [Range(1, 100_000)]
    public int SegmentTickets { get; init; } = 5_000;

    /// <summary>When to look, in five fields.</summary>
    public string Cron { get; init; } = "0 3 1 * *";

    /// <summary>Of <see cref="Cron"/>: an IANA time zone.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>
    /// Address of a store that speaks S3; null is Amazon's own. Its keys are those of the environment.
    /// </summary>
    public Uri? S3Address { get; init; }

    /// <summary>Region of the bucket.</summary>
    public string S3Region { get; init; } = "us-east-1";

    /// <summary>
    /// What a bucket is asked for, until <see cref="Years"/> are over; it must have been made for it.
    /// </summary>
    public ObjectLock ObjectLock { get; init; } = ObjectLock.Governance;
}
