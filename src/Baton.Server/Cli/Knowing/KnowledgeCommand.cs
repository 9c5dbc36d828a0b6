using System.CommandLine;
using Baton.Server.Cli.Learning;

namespace Baton.Server.Cli.Knowing;

/// <summary><c>baton knowledge …</c>: articles from elsewhere, drafts and their activation.</summary>
internal static class KnowledgeCommand
{
    public static Command Command() =>
        new("knowledge", "Import articles as drafts, activate what answers as well, propose questions.")
        {
            KnowledgeImport.Command(), KnowledgeDrafts.Command(), KnowledgeActivate.Command(), KnowledgeSync.Command(),
            KnowledgeSuggest.Command(), KnowledgeTry.Command(),
            GapsCommand.Command(),
        };
}
