using System.Net;
using System.Security.Cryptography;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Baton.Storage;

namespace Baton.Archive.Places;

/// <summary>
/// A bucket of S3, or of a store that speaks it. Keys come from where Amazon's own tools take them
/// (<c>AWS_ACCESS_KEY_ID</c> and <c>AWS_SECRET_ACCESS_KEY</c>, a profile, the machine's role).
/// </summary>
internal sealed class S3Place : ArchivePlace
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly string _bucket, _prefix;
    private readonly ObjectLock _lock;
    private readonly AmazonS3Client _client;

    public S3Place(string bucket, string prefix, ArchiveOptions options)
    {
        (_bucket, _prefix, _lock) = (bucket, prefix.Trim('/') is { Length: > 0 } p ? p + "/" : "", options.ObjectLock);
        var config = new AmazonS3Config
        {
            Timeout = Longest, MaxErrorRetry = 3,
            // Other stores do not know the checksums at the end of a body; every file carries its SHA-256 in a header.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.S3Address is { } address)
            (config.ServiceURL, config.ForcePathStyle, config.AuthenticationRegion) =
                (address.ToString(), true, options.S3Region);
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.S3Region);
        try
        {
            _client = new AmazonS3Client(config);
        }
        catch (AmazonClientException error)
        {
            throw Failed("", error);
        }
    }

    public override async Task<string?> PutAsync(
        string name, string path, DateTimeOffset keepUntil, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var digest = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        var request = new PutObjectRequest
        {
            BucketName = _bucket, Key = _prefix + name, InputStream = file, AutoCloseStream = false,
            UseChunkEncoding = false, ChecksumSHA256 = Convert.ToBase64String(digest),
        };
        if (_lock != ObjectLock.None)
            (request.ObjectLockMode, request.ObjectLockRetainUntilDate) = (
                _lock == ObjectLock.Compliance ? ObjectLockMode.Compliance : ObjectLockMode.Governance,
                keepUntil.UtcDateTime);
        try
        {
            var answer = await _client.PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
            return answer.VersionId is { Length: > 0 } version ? version : null;
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw Failed(name, error);
        }
    }

    public override async Task<bool> GetAsync(
        string name, string? version, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _client.GetObjectAsync(
                new GetObjectRequest { BucketName = _bucket, Key = _prefix + name, VersionId = version },
                cancellationToken).ConfigureAwait(false);
            await using var to = File.Create(path);
            await answer.ResponseStream.CopyToAsync(to, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound
            && error.ErrorCode != "NoSuchBucket")
        {
            return false;
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw Failed(name, error);
        }
    }

    public override async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var version in await VersionsAsync(_prefix + name, cancellationToken).ConfigureAwait(false))
                await _client.DeleteObjectAsync(
                    new DeleteObjectRequest { BucketName = _bucket, Key = _prefix + name, VersionId = version },
                    cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            // Gone already.
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw Failed(name, error);
        }
    }

    /// <summary>
    /// All that are kept of a key: a put that was tried twice has left two, and removing the newest alone hides the
    /// rest.
    /// </summary>
    private async Task<List<string?>> VersionsAsync(string key, CancellationToken cancellationToken)
    {
        var (found, request) = (new List<string?>(), new ListVersionsRequest { BucketName = _bucket, Prefix = key });
        while (true)
        {
            ListVersionsResponse page;
            try
            {
                page = await _client.ListVersionsAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotImplemented)
            {
                // A store that keeps no versions.
                return [null];
            }
            found.AddRange((page.Versions ?? []).Where(v => v.Key == key).Select(v => v.VersionId));
            // The list is in order of keys: behind a longer one there is nothing more of this.
            if (page.IsTruncated != true || page.NextKeyMarker != key) return found;
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    private StorageException Failed(string name, Exception error) => new(
        $"s3://{_bucket}/{_prefix}{name}: {error.Message.TrimEnd('.')}. Keys are those of the environment "
        + "(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), the address and the region BATON__Archive__S3Address and "
        + "BATON__Archive__S3Region; a bucket that was not made for object lock needs BATON__Archive__ObjectLock=None.",
        isTransient: true);
}
