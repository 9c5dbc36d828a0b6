using Baton.Server.Tests.Processes;

namespace Baton.Server.Tests.Auditing;

/// <summary>What is held is not erased, whoever asks.</summary>
public sealed class HeldCustomerTests : IDisposable
{
    private static readonly string Northwind = ServerFixture.InRepository("playbooks", "northwind");

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-held-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Refuses_to_erase_a_customer_while_a_hold_stands()
    {
        var (file, database) = (Path.Combine(_folder, "in.jsonl"), Path.Combine(_folder, "baton.db"));
        await File.WriteAllTextAsync(file,
            """{"id":"M-1","customer":{"id":"c-1"},"body":"I want to speak to a person, a real human."}""",
            TestContext.Current.CancellationToken);
        await BatonProgram.RunAsync(
            "run", file, "--db", database, "--out", Path.Combine(_folder, "out.jsonl"), "--playbook", Northwind);
        var nobody = await RunAsync("retention", "hold", "--customer", "c-9", "--why", "a case");
        await RunAsync("retention", "hold", "--customer", "c-1", "--why", "a case");

        var held = await RunAsync("customers", "erase", "c-1", "--yes");
        await RunAsync("retention", "hold", "--customer", "c-1", "--why", "over", "--off");
        var erased = await RunAsync("customers", "erase", "c-1", "--yes");

        Assert.Contains("no ticket is of the customer 'c-9'", nobody.Errors, StringComparison.Ordinal);
        Assert.Contains("customer 'c-1' is held since", held.Errors, StringComparison.Ordinal);
        Assert.NotEqual(0, held.ExitCode);
        Assert.Equal(0, erased.ExitCode);
    }

    private Task<Ended> RunAsync(params string[] verb) => BatonProgram.RunAsync(
        [.. verb, "--db", Path.Combine(_folder, "baton.db"), "--playbook", Northwind]);
}
