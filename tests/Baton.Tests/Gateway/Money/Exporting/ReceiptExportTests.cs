using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.Gateway;
using Baton.Gateway.Money;
using Baton.Gateway.Money.Exporting;
using Baton.Gateway.Providers;
using Baton.Operations.Scheduling;
using Baton.Playbooks;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Baton.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using nietras.SeparatedValues;
using Parquet;

namespace Baton.Tests.Gateway.Money.Exporting;

/// <summary>Receipts for a warehouse: each once, in whatever pieces, with the same sum in every format.</summary>
public sealed class ReceiptExportTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _file = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-drop-").FullName;
    private int _made;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Sums_to_the_receipts_in_every_format_whatever_comes_late(int seed)
    {
        var dice = new Random(seed);
        var all = new List<Receipt>();
        var places = Enum.GetValues<ReceiptFormat>().ToDictionary(f => f, _ => 0L);
        var rows = Enum.GetValues<ReceiptFormat>().ToDictionary(f => f, _ => new List<(string Id, long Nanos)>());
        for (var round = 0; round < 4; round++)
        {
            // Times go back and forth, as those of attempts whose process died.
            all.AddRange(await WriteAsync(dice, dice.Next(0, 25)));
            foreach (var format in places.Keys)
            {
                using var stream = new MemoryStream();
                var done = await ReceiptExport.WriteAsync(
                    _file.Database, format, stream, places[format], DateTimeOffset.UnixEpoch, dice.Next(1, 30), Cancel);
                places[format] = done.Next;
                rows[format].AddRange(await ReadAsync(format, stream.ToArray()));
            }
        }
        foreach (var format in places.Keys)
        {
            using var stream = new MemoryStream();
            var rest = await ReceiptExport.WriteAsync(
                _file.Database, format, stream, places[format], DateTimeOffset.UnixEpoch, long.MaxValue, Cancel);
            rows[format].AddRange(await ReadAsync(format, stream.ToArray()));
            Assert.Equal(rest.Rows == 0 ? places[format] : all.Count, rest.Next);
            Assert.Equal(all.Select(r => r.Id).Order(), rows[format].Select(r => r.Id).Order());
            Assert.Equal(all.Sum(r => r.Cost.Nanos), rows[format].Sum(r => r.Nanos));
        }
    }

    [Fact]
    public async Task Leaves_older_ones_out_and_says_where_it_ended()
    {
        var old = Receipt(new Random(1)) with { At = _file.Clock.GetUtcNow().AddDays(-40) };
        var young = Receipt(new Random(2)) with { At = _file.Clock.GetUtcNow() };
        await WriteAsync([young, old]);

        using var stream = new MemoryStream();
        var done = await ReceiptExport.WriteAsync(_file.Database, ReceiptFormat.Jsonl, stream, 0,
            _file.Clock.GetUtcNow().AddDays(-30), long.MaxValue, Cancel);

        // Of one write the earlier day comes first.
        Assert.Equal((1L, 2L, young.Cost), (done.Rows, done.Next, done.Cost));
        var line = JsonSerializer.Deserialize<JsonElement>(stream.ToArray());
        Assert.Equal((young.Id, "stage,\"one\"\n=1", young.Cost.Amount, "answered", "b"), (
            line.GetProperty("id").GetString(), line.GetProperty("stage").GetString(),
            line.GetProperty("cost_usd").GetDecimal(), line.GetProperty("status").GetString(),
            line.GetProperty("tags").GetProperty("a").GetString()));
    }

    [Fact]
    public async Task Puts_them_into_a_folder_by_the_calendar_and_once_also_when_it_died_in_between()
    {
        var timers = new Timers(new JobQueue("jobs", new JobOptions(), _file.Clock, new Random(1)), _file.Clock,
            NullLogger.Instance);
        var notices = new Notices(new Outbox(Outbox.DefaultOptions, _file.Clock, new Random(1)), _file.Clock);
        ReceiptDrop Drop(string folder) => new(_file.Database, new Schedules(_file.Database, timers), notices,
            new GatewayOptions { Drop = new ReceiptDropOptions { Folder = folder, Format = "csv" } },
            NullLogger<ReceiptDrop>.Instance);
        var (drop, without) = (Drop(_folder), Drop(""));
        await drop.StartAsync(Cancel);
        // A process without a folder leaves the calendar alone, and is not silent.
        await without.StartAsync(Cancel);
        Assert.Equal(0, await without.RunAsync(Cancel));
        Assert.Contains("Drop__Folder", Assert.Single(_file.Database.Read(c => Notices.Open(c, 10))).Notice.Text, StringComparison.Ordinal);
        var all = await WriteAsync(new Random(3), 20);
        Assert.Equal(20, await drop.RunAsync(Cancel));
        all.AddRange(await WriteAsync(new Random(4), 10));
        // As if it had died after the file was put, and before that was noted.
        await Assert.ThrowsAsync<IOException>(() => drop.PutAsync(new DyingPlace(new DropFolder(_folder)), Cancel));
        all.AddRange(await WriteAsync(new Random(5), 5));
        Assert.Equal(15, await drop.RunAsync(Cancel));
        Assert.Equal(0, await drop.RunAsync(Cancel));

        var files = Directory.GetFiles(_folder).Select(Path.GetFileName).Order().ToList();
        Assert.Equal(["receipts-000000000001.csv", "receipts-000000000021.csv"], files);
        var rows = new List<(string Id, long Nanos)>();
        foreach (var file in files)
            rows.AddRange(await ReadAsync(
                ReceiptFormat.Csv, await File.ReadAllBytesAsync(Path.Combine(_folder, file!), Cancel)));
        Assert.Equal(all.Select(r => r.Id).Order(), rows.Select(r => r.Id).Order());
        Assert.Equal(all.Sum(r => r.Cost.Nanos), rows.Sum(r => r.Nanos));
    }

    [Fact]
    public async Task An_export_of_nothing_is_a_whole_file()
    {
        foreach (var format in Enum.GetValues<ReceiptFormat>())
        {
            using var stream = new MemoryStream();
            Assert.Equal(0, (await ReceiptExport.WriteAsync(
                _file.Database, format, stream, 0, DateTimeOffset.UnixEpoch, 5, Cancel)).Rows);
            Assert.Empty(await ReadAsync(format, stream.ToArray()));
        }
    }

    private async Task<List<Receipt>> WriteAsync(Random dice, int count)
    {
        List<Receipt> receipts = [.. Enumerable.Range(0, count).Select(_ => Receipt(dice))];
        await WriteAsync(receipts);
        return receipts;
    }

    private Task WriteAsync(IReadOnlyList<Receipt> receipts) => _file.Database.WriteAsync(t => ReceiptStore.Write(
        t, [.. receipts.Select(r => new UnwrittenReceipt(r, ReceiptStore.ReceiptTexts.Of(r), false))]));

    private Receipt Receipt(Random dice) => new()
    {
        Id = $"rc_{++_made:0000}", CallId = $"call_{_made}", Attempt = 1, Stage = "stage,\"one\"\n=1",
        At = _file.Clock.GetUtcNow().AddMinutes(-dice.Next(100_000)), Model = "small", Provider = "one",
        Status = ReceiptStatus.Answered, Tokens = new Tokens(dice.Next(1000), 0, 0, dice.Next(1000)),
        Cost = Usd.FromNanos(dice.NextInt64(0, 5_000_000_000)), PricesDated = new DateOnly(2026, 11, 1),
        FirstTokenMs = dice.Next(2) == 0 ? null : dice.NextDouble(), Tags = new Dictionary<string, string> { ["a"] = "b" },
    };

    private static async Task<List<(string Id, long Nanos)>> ReadAsync(ReceiptFormat format, byte[] file)
    {
        if (format == ReceiptFormat.Parquet) return await ParquetAsync(file);
        var text = Encoding.UTF8.GetString(file);
        if (format == ReceiptFormat.Jsonl)
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                .Select(json => (json.GetProperty("id").GetString()!, json.GetProperty("cost_nanos").GetInt64()))];
        var rows = new List<(string, long)>();
        using var reader = Sep.New(',').Reader(o => o with { Unescape = true }).FromText(text);
        foreach (var row in reader)
            rows.Add((row["id"].ToString(), long.Parse(row["cost_nanos"].Span, CultureInfo.InvariantCulture)));
        return rows;
    }

    private static async Task<List<(string Id, long Nanos)>> ParquetAsync(byte[] file)
    {
        var rows = new List<(string, long)>();
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(file), cancellationToken: Cancel);
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var (ids, nanos) = (new string?[group.RowCount], new long[group.RowCount]);
            await group.ReadAsync(reader.Schema.FindDataField("id"), ids.AsMemory(), null, Cancel);
            await group.ReadAsync<long>(reader.Schema.FindDataField("cost_nanos"), nanos.AsMemory(), null, Cancel);
            rows.AddRange(ids.Select(id => id!).Zip(nanos));
        }
        return rows;
    }

    /// <summary>Puts the file and then fails.</summary>
    private sealed class DyingPlace(IDropPlace inner) : IDropPlace
    {
        public async Task PutAsync(string name, Stream content, CancellationToken cancellationToken)
        {
            await inner.PutAsync(name, content, cancellationToken);
            throw new IOException("died");
        }
    }
}
