using Baton.Server.Tests.Processes;

namespace Baton.Server.Tests.Cli;

/// <summary>Tickets from the command line.</summary>
public sealed class TicketsCommandTests : IDisposable
{
    private static readonly string Northwind = ServerFixture.InRepository("playbooks", "northwind");

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-tickets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Merges_duplicates_of_one_customer_once_and_says_what_it_does_not()
    {
        var (file, database) = (Path.Combine(_folder, "in.jsonl"), Path.Combine(_folder, "baton.db"));
        await File.WriteAllLinesAsync(
            file, [Asks("M-1", "c-1"), Asks("M-2", "c-1"), Asks("M-3", "c-2")], TestContext.Current.CancellationToken);
        await BatonProgram.RunAsync(
            "run", file, "--db", database, "--out", Path.Combine(_folder, "out.jsonl"), "--playbook", Northwind);

        var merged = await MergeAsync("M-1", "M-2");
        var again = await MergeAsync("M-1", "M-2");
        var others = await MergeAsync("M-3", "M-2");
        var nothing = await MergeAsync("M-9", "M-2");

        Assert.Equal((0, "M-1 is merged into M-2."), (merged.ExitCode, merged.Output.Trim()));
        Assert.Contains("the ticket was merged into M-2 already", again.Errors, StringComparison.Ordinal);
        Assert.Contains("are not known to be of one customer", others.Errors, StringComparison.Ordinal);
        Assert.Contains("no ticket 'M-9'", nothing.Errors, StringComparison.Ordinal);

        static string Asks(string id, string customer) =>
            $$"""{"id":"{{id}}","customer":{"id":"{{customer}}"},"body":"I want to speak to a person, a real human."}""";

        Task<Ended> MergeAsync(string from, string into) => BatonProgram.RunAsync(
            "tickets", "merge", from, "--into", into, "--db", database, "--playbook", Northwind);
    }
}
