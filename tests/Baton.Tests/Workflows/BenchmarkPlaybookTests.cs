using Baton.Playbooks;
using Baton.Tests.Style;

namespace Baton.Tests.Workflows;

public sealed class BenchmarkPlaybookTests
{
    [Theory]
    [InlineData("airline", 6)]
    [InlineData("banking", 38)]
    [InlineData("retail", 7)]
    [InlineData("telecom", 3)]
    public void Is_a_valid_playbook(string domain, int effects)
    {
        var loaded = PlaybookLoader.Load(Path.Combine(Repository.Root, "bench", "tau2", domain));

        var playbook = loaded is LoadedPlaybook.Valid valid ? valid.Playbook
            : throw new Xunit.Sdk.XunitException(string.Join('\n', ((LoadedPlaybook.Invalid)loaded).Problems));
        Assert.Equal(effects, playbook.Tools.Count(t => t.HasEffect));
    }
}
