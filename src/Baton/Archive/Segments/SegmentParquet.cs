using Baton.Storage.Events;
using Parquet;
using Parquet.Schema;

namespace Baton.Archive.Segments;

/// <summary>
/// The events of a segment once more as a table of columns, for whoever asks questions over years without Baton. Texts
/// of customers are not in it.
/// </summary>
internal sealed class SegmentParquet : IAsyncDisposable
{
    /// <summary>Events of a row group.</summary>
    private const int Group = 20_000;

    private static readonly DataField<long> Seq = new("seq"), Version = new("version");

    private static readonly DataField<string>
        Stream = new("stream"), Type = new("type"), At = new("at"), Data = new("data"), Hash = new("hash");

    private readonly List<StoredEvent> _events = [];
    private readonly ParquetWriter _writer;
    private readonly FileStream _file;

    private SegmentParquet(ParquetWriter writer, FileStream file) => (_writer, _file) = (writer, file);

    public static async Task<SegmentParquet> CreateAsync(string path, CancellationToken cancellationToken)
    {
        var file = File.Create(path);
        var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(Seq, Stream, Version, Type, At, Data, Hash), file,
            new ParquetOptions { CompressionMethod = CompressionMethod.Zstd }, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return new SegmentParquet(writer, file);
    }

    public async Task AddAsync(IReadOnlyList<StoredEvent> events)
    {
        _events.AddRange(events);
        if (_events.Count >= Group) await WriteAsync().ConfigureAwait(false);
    }

    /// <summary>Hashes of the events of a file, in its order.</summary>
    public static async Task<List<string>> HashesAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        var hashes = new List<string>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var column = new string?[group.RowCount];
            await group.ReadAsync(
                reader.Schema.FindDataField(Hash.Name), column.AsMemory(), cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            hashes.AddRange(column.OfType<string>());
        }
        return hashes;
    }

    public async ValueTask DisposeAsync()
    {
        if (_events.Count > 0) await WriteAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        using var group = _writer.CreateRowGroup();
        await group.WriteAsync<long>(Seq, _events.Select(e => e.Seq).ToArray()).ConfigureAwait(false);
        await TextAsync(group, Stream, e => e.StreamId).ConfigureAwait(false);
        await group.WriteAsync<long>(Version, _events.Select(e => e.Version).ToArray()).ConfigureAwait(false);
        await TextAsync(group, Type, e => e.Type).ConfigureAwait(false);
        await TextAsync(group, At, e => Ledger.Time(e.At)).ConfigureAwait(false);
        await TextAsync(group, Data, e => e.Json).ConfigureAwait(false);
        await TextAsync(group, Hash, e => e.Hash).ConfigureAwait(false);
        group.CompleteValidate();
        _events.Clear();
    }

    private async Task TextAsync(
        ParquetRowGroupWriter group, DataField<string> field, Func<StoredEvent, string> text) =>
        await group.WriteAsync(field, _events.ConvertAll(e => text(e))).ConfigureAwait(false);
}
