using System.Globalization;
using Baton.Operations.Scheduling;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Gateway.Money.Exporting;

/// <summary>
/// Puts new receipts where a warehouse fetches them, by the calendar. A file is named by its first place: where a
/// process dies between the file and the note of it, the next one writes the same file again, with what came since.
/// </summary>
internal sealed partial class ReceiptDrop(
    Database database, Schedules schedules, Notices notices, GatewayOptions options, ILogger<ReceiptDrop> logger,
    IDropPlace? place = null) : IHostedService
{
    /// <summary>Kind of the job, and name of its schedule and of its note.</summary>
    public const string Kind = "receipt_drop", Name = "receipts";

    /// <summary>Receipts of one file at most; more are several files.</summary>
    private const int Most = 500_000;

    private readonly IDropPlace? _place =
        place ?? (options.Drop.Folder.Length > 0 ? new DropFolder(options.Drop.Folder) : null);

    /// <summary>The calendar is everybody's: a process without a place leaves alone what another has set.</summary>
    public Task StartAsync(CancellationToken cancellationToken) =>
        options.Drop.Cron.Length == 0 ? schedules.RemoveAsync(Name, Kind, cancellationToken)
        : _place is null ? Task.CompletedTask
        : schedules.SetAsync(Name, Kind, options.Drop.Cron, options.Drop.TimeZone, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Everything that is new, a file after the other; gives how many receipts.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        if (await schedules.FiredAsync(Name, cancellationToken) is null) return 0;
        if (_place is null)
        {
            await database.WriteAsync(t => notices.Raise(t, new Notice
            {
                To = "operators", Urgency = NoticeUrgency.Normal, Group = Kind, Title = "No receipts were put anywhere",
                Text = "this process has no BATON__Gateway__Drop__Folder; set it on every process that works (to put none "
                    + "any more, set BATON__Gateway__Drop__Cron to nothing on one)",
            }), cancellationToken);
            return 0;
        }
        var rows = 0L;
        while (await PutAsync(_place, cancellationToken) is var put and > 0) rows += put;
        LogPut(rows);
        return rows;
    }

    /// <summary>One file; 0: nothing is new.</summary>
    public async Task<long> PutAsync(IDropPlace target, CancellationToken cancellationToken)
    {
        var format = EnumWords.Find<ReceiptFormat>(options.Drop.Format) ?? ReceiptFormat.Jsonl;
        var last = database.Read(c => c.Number("select place from receipt_drops where name = $1", Name)) ?? 0;
        // On the disk: half a million of them are more than a process should hold.
        await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose,
        });
        var done = await ReceiptExport.WriteAsync(
            database, format, file, last, DateTimeOffset.UnixEpoch, Most, cancellationToken);
        if (done.Rows == 0) return 0;
        file.Position = 0;
        await target.PutAsync(string.Create(CultureInfo.InvariantCulture,
            $"receipts-{last + 1:000000000000}.{EnumWords.Of(format)}"), file, cancellationToken);
        var now = database.Clock.GetUtcNow();
        await database.WriteAsync(transaction => transaction.Execute(
            """
            insert into receipt_drops (name, place, at_ms) values ($1, $2, $3)
            on conflict (name) do update set place = $2, at_ms = $3 where receipt_drops.place < $2
            """, Name, done.Next, SqlValue.Ms(now)), cancellationToken);
        return done.Rows;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} receipts were put where they are fetched")]
    private partial void LogPut(long rows);
}
