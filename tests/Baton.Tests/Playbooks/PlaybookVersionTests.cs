using Baton.Testing;

namespace Baton.Tests.Playbooks;

public sealed class PlaybookVersionTests
{
    private static readonly string Tiny = new PlaybookFiles().Playbook().Version;

    /// <summary>
    /// Pinned: another value means that every installed playbook changes its version with the release.
    /// </summary>
    [Fact]
    public void Is_the_same_on_every_machine() =>
        Assert.Equal("8c05a2f33c37c386cd856ea8f820acd84b469509fe5f1f3562afcb5e2e45ec2a", Tiny);

    [Theory]
    [InlineData("playbook.yaml", "name: tiny", "# comment\nname:   'tiny'")]
    [InlineData("playbook.yaml", "[free, enterprise]", "\n- free\n- enterprise")]
    [InlineData("queues.yaml", "fallback: l2", "fallback: \"l2\"  # people of the second line")]
    [InlineData("playbook.yaml", "name: tiny\n", "name: tiny\r\n")]
    [InlineData("knowledge/returns.md", "## How long you have\n", "## How long you have\r\n")]
    public void Ignores_comments_quotes_layout_and_line_ends(string file, string old, string @new) =>
        Assert.Equal(Tiny, new PlaybookFiles().Replace(file, old, @new).Playbook().Version);

    [Theory]
    [InlineData("playbook.yaml", "0.70", "0.71")]
    [InlineData("intents/return_policy.yaml", "  - can I send this back\n  - how long do I have to return something",
        "  - how long do I have to return something\n  - can I send this back")]
    [InlineData("knowledge/returns.md", "30 days", "31 days")]
    public void Changes_with_every_value_and_with_order(string file, string old, string @new) =>
        Assert.NotEqual(Tiny, new PlaybookFiles().Replace(file, old, @new).Playbook().Version);

    [Fact]
    public void Ignores_files_that_decide_nothing() => Assert.Equal(Tiny, new PlaybookFiles()
        .With("README.md", "# Tiny").With("evals/golden.jsonl", "{\"id\":1}\n").With("samples/a.txt", "x")
        .Playbook().Version);
}
