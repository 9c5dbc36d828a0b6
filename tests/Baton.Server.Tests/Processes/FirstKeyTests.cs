using System.Net;
using System.Net.Sockets;

namespace Baton.Server.Tests.Processes;

/// <summary>The first API key is shown once, so a start that fails must not make it.</summary>
public sealed class FirstKeyTests
{
    [Fact]
    public async Task Is_printed_by_the_first_start_that_serves_and_by_no_other()
    {
        using var place = new Place();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var onTaken = await ServeAsync(place, place.Playbook, ((IPEndPoint)taken.LocalEndpoint).Port);
        var onNothing = await ServeAsync(place, place.Playbook + "-of-nobody", 0);
        using (var good = await ServerProcess.StartAsync(place))
        {
            Assert.NotNull(good.ApiKey);
            using var answer = await good.Http.GetAsync("/api/tickets", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        var onTakenAgain = await ServeAsync(place, place.Playbook, ((IPEndPoint)taken.LocalEndpoint).Port);

        Assert.All((Ended[])[onTaken, onNothing, onTakenAgain], ended =>
        {
            Assert.Equal(1, ended.ExitCode);
            Assert.DoesNotContain("API key", ended.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
        });
        Assert.Contains("address already in use", onTaken.Errors, StringComparison.Ordinal);
    }

    private static Task<Ended> ServeAsync(Place place, string playbook, int port) => BatonProgram.RunAsync(
        "serve", "--urls", $"http://127.0.0.1:{port}", "--db", place.Database, "--playbook", playbook);
}
