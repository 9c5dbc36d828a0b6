using Baton.Archive.Places;
using ZstdSharp;

namespace Baton.Archive.Segments;

/// <summary>Brings a segment to this machine and reads all of it: every digest, every hash, every count.</summary>
/// <param name="versions">What the place calls the versions that were written; null: the newest.</param>
internal sealed class SegmentReader(
    ArchivePlace place, string folder, IReadOnlyDictionary<string, string>? versions = null)
{
    private readonly HashSet<string> _brought = [];

    /// <summary>The manifest of a segment; null when there is none.</summary>
    /// <param name="digest">What it must come to; null where nobody knows.</param>
    /// <exception cref="InvalidDataException">It is another one.</exception>
    public async Task<SegmentManifest?> ManifestAsync(
        string name, string? digest, CancellationToken cancellationToken)
    {
        if (await BytesAsync(name, cancellationToken).ConfigureAwait(false) is not { } bytes) return null;
        if (digest is not null && SegmentManifest.DigestOf(bytes) != digest)
            throw new InvalidDataException($"{name} was changed: its SHA-256 is not the one that was noted");
        var manifest = SegmentManifest.Read(name, bytes);
        // Names lead to files of this machine: a manifest of strangers must not choose them.
        var whole = new ArchiveSegment
        {
            Number = manifest.Number, Month = manifest.Month, Part = manifest.Part, Previous = manifest.Previous,
            Location = "", State = default, ChangedAt = default,
        };
        return whole.ManifestName == name && manifest.Files.Select(f => f.Name).SequenceEqual(
            [SegmentWriter.LinesOf(whole.Name), SegmentWriter.ParquetOf(whole.Name)]) ? manifest
            : throw new InvalidDataException($"{name} names other files than those of its segment");
    }

    /// <summary>A small file; null when there is none.</summary>
    public async Task<byte[]?> BytesAsync(string name, CancellationToken cancellationToken) =>
        await GetAsync(name, cancellationToken).ConfigureAwait(false)
            ? await File.ReadAllBytesAsync(At(name), cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Reads every file of a segment against its manifest; throws at the first that is not whole.</summary>
    /// <exception cref="InvalidDataException">The message names the file, and the stream where it is one.</exception>
    public Task ReadAsync(SegmentManifest manifest, CancellationToken cancellationToken) =>
        ReadAsync(manifest, _ => Task.CompletedTask, cancellationToken);

    /// <param name="each">Gets every line, after it was held against the one before.</param>
    public async Task ReadAsync(
        SegmentManifest manifest, Func<SegmentLine, Task> each, CancellationToken cancellationToken)
    {
        foreach (var file in manifest.Files) await BringAsync(file, cancellationToken).ConfigureAwait(false);
        var lines = manifest.Files.First(f => f.Name.EndsWith(SegmentWriter.LinesOf(""), StringComparison.Ordinal));
        var hashes = new List<string>();
        try
        {
            await WalkAsync(manifest, each, lines.Name, hashes).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ZstdException or EndOfStreamException)
        {
            throw new InvalidDataException($"{lines.Name} cannot be unpacked: {error.Message}");
        }
        var table = manifest.Files.First(f => f.Name.EndsWith(SegmentWriter.ParquetOf(""), StringComparison.Ordinal));
        if (!hashes.SequenceEqual(
            await SegmentParquet.HashesAsync(At(table.Name), cancellationToken).ConfigureAwait(false)))
            throw new InvalidDataException($"{table.Name} does not hold the events of {lines.Name}");
    }

    private async Task BringAsync(SegmentFile file, CancellationToken cancellationToken)
    {
        if (!_brought.Add(file.Name)) return;
        if (!await GetAsync(file.Name, cancellationToken).ConfigureAwait(false))
            throw new InvalidDataException($"{file.Name} is missing");
        var found = await SegmentFile.OfAsync(file.Name, At(file.Name), cancellationToken).ConfigureAwait(false);
        if (found.Bytes != file.Bytes)
            throw new InvalidDataException($"{file.Name} has {found.Bytes} bytes, and {file.Bytes} were written");
        if (found != file) throw new InvalidDataException($"{file.Name} was changed: its SHA-256 is another one");
    }

    private async Task WalkAsync(
        SegmentManifest manifest, Func<SegmentLine, Task> each, string name, List<string> hashes)
    {
        await using var file = File.OpenRead(At(name));
        await using var plain = new DecompressionStream(file);
        var heads = manifest.Heads.ToDictionary(h => h.Stream);
        var (chain, stream, rows) = (new SegmentChain(), "", new Dictionary<string, long>());
        foreach (var line in SegmentLines.Read(plain))
        {
            if (line is SegmentLine.OfRow row) rows[row.Table] = rows.GetValueOrDefault(row.Table) + 1;
            if (line is SegmentLine.OfEvent { Fact: var fact })
            {
                if (fact.StreamId != stream)
                {
                    if (stream.Length > 0) End(heads, stream, chain, name);
                    if (!heads.TryGetValue(fact.StreamId, out var head))
                        throw new InvalidDataException($"{name} holds {fact.StreamId}, which its manifest does not name");
                    chain.Begin(head.From - 1, head.Previous);
                    stream = fact.StreamId;
                }
                if (!chain.Takes(fact))
                    throw new InvalidDataException($"{name}: {fact.StreamId} version {fact.Version} is not what was written");
                hashes.Add(fact.Hash);
            }
            await each(line).ConfigureAwait(false);
        }
        if (stream.Length > 0) End(heads, stream, chain, name);
        if (heads.Count > 0) throw new InvalidDataException($"{name} lacks {heads.Keys.Order().First()}");
        if (hashes.Count != manifest.Events || rows.GetValueOrDefault(SegmentWriter.Messages) != manifest.Messages
            || rows.GetValueOrDefault(SegmentWriter.Attachments) != manifest.Attachments)
            throw new InvalidDataException($"{name} does not hold as much as its manifest says");
    }

    private static void End(Dictionary<string, SegmentHead> heads, string stream, SegmentChain chain, string name)
    {
        if (heads.Remove(stream, out var head) && chain.Next == head.To + 1 && chain.Last == head.Last) return;
        throw new InvalidDataException($"{name}: {stream} does not end where its manifest says");
    }

    private Task<bool> GetAsync(string name, CancellationToken cancellationToken) =>
        place.GetAsync(name, versions?.GetValueOrDefault(name), At(name), cancellationToken);

    private string At(string name) => Path.Combine(folder, name);
}
