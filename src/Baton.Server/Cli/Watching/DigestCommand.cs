using System.CommandLine;
using Baton.Incidents.Digesting;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Watching;

/// <summary><c>baton digest preview|send</c>.</summary>
internal static class DigestCommand
{
    private static readonly Option<bool> Weekly = new("--weekly")
    {
        Description = "Of the last seven days; else of yesterday.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "As JSON." };

    public static Command Command() => new("digest", "What happened in a day or a week, for the team.")
    {
        PreviewVerb(), SendVerb(),
    };

    private static Command PreviewVerb()
    {
        var playbook = Places.Playbook();
        var html = new Option<string?>("--html") { Description = "Write the page of the mail to this file." };
        var command = new Command("preview", "Show the digest as it would leave now.")
        {
            Weekly, Json, html, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, async host =>
        {
            var digest = host.Get<DigestDesk>().Make(parsed.GetValue(Weekly));
            if (parsed.GetValue(html) is { } file)
                await File.WriteAllTextAsync(file, digest.Page, token);
            if (parsed.GetValue(Json))
                Console.WriteLine(DigestJson.Of(digest.Facts).ToJsonString(FiguresView.Indented));
            else
                // Line by line: what is cleaned for a terminal has no line ends.
                foreach (var line in $"{digest.Title}\n\n{digest.Text}".Split('\n')) TerminalText.WriteLine(line);
            return 0;
        })));
        return command;
    }

    private static Command SendVerb()
    {
        var playbook = Places.Playbook();
        var again = new Option<bool>("--again") { Description = "Also when the same one was sent." };
        var command = new Command("send", "Send the digest now; the running server delivers it.")
        {
            Weekly, Json, again, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => WatchingHost.RunAsync(parsed, playbook, async host =>
        {
            var sent = await host.Get<DigestDesk>().SendAsync(parsed.GetValue(Weekly), parsed.GetValue(again), token);
            if (parsed.GetValue(Json))
                Console.WriteLine(DigestJson.Of(sent).ToJsonString(FiguresView.Indented));
            else
                Console.WriteLine(sent is { To.Count: 0, SentBefore: { } before }
                    ? $"{sent.Id} was sent at {before:u}; --again sends it once more"
                    : $"{sent.Id} is on its way to {string.Join(", ", sent.To)}");
            return 0;
        })));
        return command;
    }
}
