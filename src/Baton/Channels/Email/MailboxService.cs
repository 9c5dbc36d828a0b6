using Baton.Storage;
using Baton.Storage.Outgoing;
using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Channels.Email;

/// <summary>Fetches mail while the host runs, where a mailbox is set: at once by IDLE, else by asking.</summary>
internal sealed partial class MailboxService(
    ChannelOptions channels, EmailChannel channel, MailboxReader reader, Notices notices, Database database,
    TimeProvider clock, ILogger<MailboxService> logger) : BackgroundService
{
    /// <summary>Group of the notice that the mailbox cannot be read.</summary>
    public const string Group = "delivery/email/mailbox";

    /// <summary>Servers end an IDLE after half an hour, some routers after ten minutes.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(9), LongestPause = TimeSpan.FromMinutes(5);

    private const int FailuresBeforeNotice = 3;

    private readonly EmailOptions _options = channels.Email;
    private int _failures;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.ImapHost.Length == 0 || channel.Missing(ChannelWays.In) is not null) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                await FailAsync(error, stoppingToken);
                var pause = Math.Min(LongestPause.TotalSeconds, 2 * Math.Pow(2, Math.Min(_failures, 10)));
                await Task.Delay(TimeSpan.FromSeconds(pause), clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        using var client = await new MailConnection(_options).ImapAsync(cancellationToken);
        var folder = await client.GetFolderAsync(_options.ImapFolder, cancellationToken);
        await folder.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
        var (changed, wake) = (false, (CancellationTokenSource?)null);
        folder.CountChanged += (_, _) =>
        {
            changed = true;
            wake?.Cancel();
        };
        while (true)
        {
            changed = false;
            await reader.TakeInAsync(folder, cancellationToken);
            if (_failures > 0) await RecoverAsync(cancellationToken);
            // What came while the last mails were taken in is told of before one listens again.
            if (changed) continue;
            if (!client.Capabilities.HasFlag(ImapCapabilities.Idle))
            {
                await Task.Delay(_options.PollEvery, clock, cancellationToken);
                await client.NoOpAsync(cancellationToken);
                continue;
            }
            using var done = new CancellationTokenSource(LongestIdle, clock);
            wake = done;
            await client.IdleAsync(done.Token, cancellationToken);
            wake = null;
        }
    }

    private async Task FailAsync(Exception error, CancellationToken cancellationToken)
    {
        _failures++;
        var problem = MailConnection.Problem(error) ?? $"{error.GetType().Name}: {error.Message}";
        LogFailed(_options.ImapHost, _options.ImapFolder, problem);
        if (_failures != FailuresBeforeNotice) return;
        await database.WriteAsync(transaction => notices.Raise(transaction, new Notice
        {
            To = DeliveryFailures.Operators, Urgency = NoticeUrgency.High, Group = Group,
            Title = "Mail is not fetched",
            Text = $"The mailbox cannot be read: {problem}. `baton channels test email` tries it step by step; mail waits "
                + "in the mailbox meanwhile.",
        }), cancellationToken);
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        _failures = 0;
        await database.WriteAsync(transaction => notices.Close(transaction, Group), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailbox {Folder} of {Host} cannot be read: {Problem}")]
    private partial void LogFailed(string host, string folder, string problem);
}
