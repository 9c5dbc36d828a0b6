using System.CommandLine;
using System.Globalization;
using Baton.Channels;
using Baton.Channels.Redelivery;
using Baton.Channels.Reports;
using Baton.Storage.Outgoing;
using Spectre.Console;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton channels …</c>: where tickets come from and answers go.</summary>
internal static class ChannelsCommand
{
    public static Command Command() => new("channels", "List the channels, try one, and send what was held for one.")
    {
        List(),
        Report(),
        Test(),
        Release(),
        Replay(),
    };

    private static Command List()
    {
        var command = new Command("list", "Every channel: what it can do, and what is missing.")
        {
            DatabaseFile.Option,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var services = CliHost.Compose(new BatonOptions());
            var held = await HeldAsync(arguments);
            var channels = services.GetRequiredService<ChannelList>();
            var table = new Table().Border(TableBorder.Simple).AddColumns("channel", "ways", "live", "held", "state");
            foreach (var channel in channels.All)
                table.AddRow(
                    channel.Name, Ways(channel.Ways), channel.IsLive ? "yes" : "–",
                    $"{held.FirstOrDefault(h => h.Kind == channel.Name)?.Count ?? 0:N0}",
                    ChannelTrial.Missing(channel).Count == 0 ? "ready" : "not set up");
            AnsiConsole.Write(table);
            foreach (var channel in channels.All)
                foreach (var missing in ChannelTrial.Missing(channel)) Console.WriteLine($"{channel.Name}: {missing}");
            foreach (var other in held.Where(h => channels.Find(h.Kind) is null))
                TerminalText.WriteLine($"{other.Kind}: {other.Count:N0} held – {other.Why}");
            return 0;
        }));
        return command;
    }

    private static Command Report()
    {
        var command = new Command(
            "report", $"How delivery goes, of the newest {DeliveryReports.Texts:N0} texts: time to accepted, failures.")
        {
            DatabaseFile.Option,
        };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var table = new Table().Border(TableBorder.Simple).AddColumns(
                "channel", "last in", "last out", "accepted", "half within", "95 of 100", "waiting", "held", "failed");
            var reports = database.Read(DeliveryReports.Read).OrderBy(r => r.Key, StringComparer.Ordinal).ToList();
            foreach (var (name, report) in reports)
                table.AddRow(
                    Markup.Escape(name), At(report.LastIn), At(report.LastOut), $"{report.Delivered:N0}",
                    Took(report.HalfWithin), Took(report.MostWithin), $"{report.Waiting:N0}", $"{report.Held:N0}",
                    $"{report.Failures.Sum(f => f.Count):N0}");
            AnsiConsole.Write(table);
            foreach (var (name, report) in reports)
                foreach (var failure in report.Failures)
                    TerminalText.WriteLine($"{name}: {failure.Count:N0} {failure.Kind}: {failure.Why}");
            return 0;
        }));
        return command;
    }

    private static string At(DateTimeOffset? at) => at?.ToString("MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "–";

    private static string Took(TimeSpan? took) => took is { } time ? $"{time.TotalMilliseconds:N0} ms" : "–";

    private static Command Test()
    {
        var name = new Argument<string>("name") { Description = "Name of the channel." };
        var command = new Command("test", "Try a channel with the other side, step by step; exits 1 where one fails.")
        {
            name,
        };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            await using var services = CliHost.Compose(new BatonOptions());
            var channels = services.GetRequiredService<ChannelList>();
            if (channels.Find(arguments.GetValue(name)!) is not { } channel)
                throw new CliError($"there is no channel '{arguments.GetValue(name)}'; `baton channels list` shows them");
            var (steps, failed) = (0, false);
            await foreach (var (step, took) in services.GetRequiredService<ChannelTrial>()
                .RunAsync(channel, cancellationToken))
            {
                steps++;
                failed = step.Problem is not null;
                TerminalText.WriteLine(failed
                    ? $"FAILED  {step.What}: {step.Problem}"
                    : $"ok      {step.What} ({took.TotalMilliseconds:0} ms)");
            }
            if (steps == 1 && !failed)
                Console.WriteLine($"channel {channel.Name} sends nothing: there is no other side to try it with");
            return failed ? 1 : 0;
        }));
        return command;
    }

    private static Command Release()
    {
        var name = new Argument<string>("name") { Description = "Name of the channel, or notice." };
        var command = new Command("release", "Send what was held for a channel, once it can send or is read.")
        {
            name, DatabaseFile.Option,
        };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            var kind = arguments.GetValue(name)!;
            await using var database = DatabaseFile.Open(arguments);
            var outbox = new Outbox(Outbox.DefaultOptions, database.Clock, Random.Shared);
            var released = await database.WriteAsync(t => outbox.Release(t, kind), cancellationToken);
            if (released == 0) throw new CliError($"nothing is held for '{kind}'; `baton channels list` shows what is");
            Console.WriteLine($"{released:N0} messages go out with the next `baton serve`, or now where it runs");
            return 0;
        }));
        return command;
    }

    private static Command Replay()
    {
        var since = new Argument<DateTimeOffset>("since") { Description = "Time, such as 2026-11-30T05:00Z." };
        var command = new Command("replay", "Send the webhook's events again that were written since a time.")
        {
            since, DatabaseFile.Option,
        };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var replay = new EventReplay(
                database, new Outbox(Outbox.DefaultOptions, database.Clock, Random.Shared), database.Clock);
            var count = await replay.SinceAsync(arguments.GetValue(since), "command line", cancellationToken);
            if (count == 0) throw new CliError($"no event was written since {arguments.GetValue(since):u}");
            Console.WriteLine($"{count:N0} events go out with the next `baton serve`, or now where it runs"
                + (count == EventReplay.Most ? "; there may be more: call it again with a later time" : ""));
            return 0;
        }));
        return command;
    }

    /// <summary>None when there is no database yet.</summary>
    private static async Task<List<HeldMessages>> HeldAsync(ParseResult arguments)
    {
        if (!DatabaseFile.Exists(arguments.GetValue(DatabaseFile.Option)!)) return [];
        await using var database = DatabaseFile.Open(arguments);
        return database.Read(Outbox.Held);
    }

    private static string Ways(ChannelWays ways) => ways == ChannelWays.Read
        ? "read"
        : string.Join(", ", ChannelTrial.Each(ways).Select(Playbooks.EnumWords.Of));
}
