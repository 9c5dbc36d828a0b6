using System.Globalization;
using Baton.Testing.Chaos;

namespace Baton.Server.Tests.Processes.Several;

/// <summary>The short form of the run in <c>bench/</c>: workers are killed while tickets come in.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Loses_and_doubles_nothing_while_workers_are_killed()
    {
        await using var shop = await ChaosShop.StartAsync();
        using var place = new Place(shop.Address, file: false);
        var rig = new ChaosRig(
            new ChaosPlan { KillEverySeconds = (3, 6) },
            (arguments, settings) => BatonProgram.Start(arguments, [.. settings.Select(s => (s.Key, s.Value))]),
            place.Database, place.Playbook, place.Folder("keys"));

        var verdict = await rig.RunAsync(TestContext.Current.CancellationToken);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{verdict.Accepted} accepted, {verdict.Happened.GetValueOrDefault("worker killed")} kills"));
        Assert.Equal((0, 0, 0), (verdict.Lost, verdict.Doubled, verdict.LedgerFaults));
        Assert.InRange(verdict.Accepted, 100, 310);
        Assert.InRange(verdict.Happened["worker killed"], 5, 20);
    }
}
