using Baton.Storage;

namespace Baton.Archive.Places;

/// <summary>Where segments are kept.</summary>
internal abstract class ArchivePlace : IDisposable
{
    private const string S3 = "s3://";

    /// <summary>The place of an address: a folder, or <c>s3://bucket/prefix</c>.</summary>
    /// <exception cref="StorageException">The address is none; the message says what is.</exception>
    public static ArchivePlace Of(string location, ArchiveOptions options)
    {
        if (!location.StartsWith(S3, StringComparison.Ordinal))
            return location.Contains("://", StringComparison.Ordinal) || location.Length == 0
                ? throw new StorageException(
                    $"'{location}' is no place for an archive; give a folder or s3://bucket/prefix.", isTransient: false)
                : new FolderPlace(location);
        var (bucket, prefix) = location[S3.Length..].Split('/', 2) is [var name, var rest] ? (name, rest)
            : (location[S3.Length..], "");
        if (bucket.Length == 0)
            throw new StorageException($"'{location}' names no bucket; give s3://bucket/prefix.", isTransient: false);
        return new S3Place(bucket, prefix, options);
    }

    /// <summary>The address as it is kept: a folder with its whole path.</summary>
    public static string Whole(string location) =>
        location.Contains("://", StringComparison.Ordinal) ? location.TrimEnd('/') : Path.GetFullPath(location);

    /// <summary>Keeps a file; on the disk there when it returns. One of the same name is replaced.</summary>
    /// <param name="keepUntil">What the place is asked to hold it until.</param>
    /// <returns>What the place calls this version of it; null where it keeps one.</returns>
    public abstract Task<string?> PutAsync(
        string name, string path, DateTimeOffset keepUntil, CancellationToken cancellationToken);

    /// <summary>Brings a file to this machine; false when there is none.</summary>
    /// <param name="version">The one that was written; null is the newest.</param>
    public abstract Task<bool> GetAsync(
        string name, string? version, string path, CancellationToken cancellationToken);

    /// <summary>Destroys a file in every version that is kept; one that is gone already is no fault.</summary>
    public abstract Task RemoveAsync(string name, CancellationToken cancellationToken);

    public virtual void Dispose() { }
}
