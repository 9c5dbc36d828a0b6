using System.Diagnostics;
using Baton.Testing;

namespace Baton.Server.Tests.Processes.Several;

/// <summary>Tickets taken in by one process and worked on by others, on a real broker and a real database.</summary>
public sealed class WorkProcessesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Works_beside_others_on_what_a_server_takes_in_whatever_is_killed()
    {
        using var place = new Place(file: false);
        var broker = RabbitServer.Running;
        (string, string)[] settings =
        [
            ("BATON__Dispatch__Amqp", broker.Url), ("BATON__Dispatch__Prefix", "processes"),
            ("BATON__Storage__Keys", place.Folder("keys")),
        ];
        using var server = await ServerProcess.StartAsync(place, ["--no-workers"], null, settings);
        for (var i = 0; i < 20; i++) await SubmitAsync(server, i);
        // Nobody works yet, and the server is ready all the same.
        Assert.Equal(20, await place.LookAsync(c => c.Number("select count(*) from jobs")));
        Assert.True((await server.Http.GetAsync("/health/ready")).IsSuccessStatusCode);

        using var first = await StartAsync(place, settings);
        using var second = await StartAsync(place, settings);
        for (var i = 20; i < 40; i++) await SubmitAsync(server, i);
        first.Kill();
        await place.WaitForDecisionsAsync(40);

        broker.Kill();
        try
        {
            for (var i = 40; i < 50; i++) await SubmitAsync(server, i);
            await place.WaitForDecisionsAsync(50);
            var ready = await server.Http.GetAsync("/health/ready");
            Assert.True(ready.IsSuccessStatusCode);
        }
        finally
        {
            broker.Start();
        }

        Assert.Equal(50, (await place.CheckEveryTicketOnceAsync()).Count);
        second.Kill();
    }

    [Fact]
    public async Task Refuses_a_broker_for_a_database_that_one_machine_works_on()
    {
        using var place = new Place(file: true);
        using var process = BatonProgram.Start(
            ["work", "--db", place.Database, "--playbook", place.Playbook],
            ("BATON__Dispatch__Amqp", "amqp://user:secret@broker/"));

        var errors = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);

        Assert.Contains("BATON__Dispatch__Amqp: needs PostgreSQL", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", errors, StringComparison.Ordinal);
    }

    private static async Task SubmitAsync(ServerProcess server, int number) => Assert.True(
        ServerProcess.IsAccepted(await server.SubmitAsync($"W-{number}", "how long do I have to return something")));

    private static async Task<Process> StartAsync(Place place, (string, string)[] settings)
    {
        var process = BatonProgram.Start(["work", "--db", place.Database, "--playbook", place.Playbook], settings);
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        while (line?.StartsWith("Baton works on", StringComparison.Ordinal) is false)
            line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Assert.True(line is not null, line is null ? await errors : "");
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }
}
