using System.CommandLine;
using Baton.Conversations;
using Baton.Storage.Events;

namespace Baton.Server.Cli.Deciding;

/// <summary><c>baton why TICKET</c>: the whole decision chain, for reading at 2 a.m.</summary>
internal static class WhyCommand
{
    public static Command Command()
    {
        var ticket = new Argument<string>("ticket") { Description = "Id of the ticket." };
        var command = new Command(
            "why", "Explain every decision of a ticket: stages, triggers, rules, and what would have changed it.")
        {
            ticket, DatabaseFile.Option,
        };
        command.SetAction((parsed, _) => CliError.Guard(
            () => RunAsync(parsed.GetValue(ticket)!, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(string ticket, ParseResult arguments)
    {
        await using var database = DatabaseFile.Open(arguments);
        var events = database.Read(connection => Ledger.Read(connection, ticket));
        if (events.Count == 0) throw new CliError($"no ticket '{ticket}' in {database.Path}");
        var facts = events.ConvertAll(e => (Fact: ConversationJson.Read(e.Type, e.Data.Span), e.At));
        foreach (var line in WhyText.Lines(ticket, facts)) TerminalText.WriteLine(line);
        return 0;
    }
}
