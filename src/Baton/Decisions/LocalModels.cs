using Baton.Conversations.Findings;
using Baton.Decisions.Local;
using Baton.Decisions.Turns;
using Baton.Knowledge;
using Baton.Knowledge.Choice;
using Baton.Knowledge.Vectors;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Text.Languages;
using Baton.Triage;
using Baton.Triage.Complexity;
using Baton.Triage.Instructions;
using Baton.Triage.Intents;
using Baton.Triage.Intents.Pooling;
using Baton.Triage.Repetition;
using Baton.Triage.Tone;

namespace Baton.Decisions;

/// <summary>
/// The local tier of one playbook: every model that runs in process, and how their answers become readings.
/// </summary>
internal sealed class LocalModels
{
    /// <summary>Passages an answer may be made of.</summary>
    private const int MostPassages = 20;

    /// <summary>Passages of one article where any article may answer.</summary>
    private const int MostPerArticle = 8;

    /// <summary>Passages a model is given to write from.</summary>
    private const int PassagesForModels = 6;

    /// <summary>Of one article a model is given so many of them.</summary>
    private const int PassagesPerArticleForModels = 3;

    /// <summary>Readings of messages that are kept for the next stage.</summary>
    private const int MostReadings = 256;

    /// <summary>Customer messages the mood is read over.</summary>
    private const int MoodWindow = 12;

    private static readonly InstructionDetector Instructions = new();

    private readonly Playbook _playbook;
    private readonly IntentModel _intents;
    private readonly KnowledgeIndex _knowledge;
    private readonly AnswerComposer _composer;
    private readonly TextVectors? _vectors;
    private readonly BoundedCache<string, MessageReading> _readings = new(MostReadings);

    private LocalModels(
        Playbook playbook, IntentModel intents, KnowledgeIndex knowledge, SectionModel? sections, TextVectors? vectors)
    {
        (_playbook, _intents, _knowledge, Chooser) = (playbook, intents, knowledge, sections);
        _vectors = vectors;
        _composer = new AnswerComposer(knowledge);
        Fields = new FieldFinder(playbook);
    }

    public FieldFinder Fields { get; }

    /// <summary>Trains the classifier on the playbook's examples (or loads it) and indexes its articles.</summary>
    /// <param name="vectors">Null without a sentence encoder: the articles are searched by their words alone.</param>
    public static LocalModels Train(Playbook playbook, TextVectors? vectors, string cacheFolder)
    {
        var intents = new IntentModelCache(cacheFolder).GetOrTrain(PlaybookExamples.Of(playbook), null, vectors is null
            ? null : new ExampleVectors(vectors.Name, texts => vectors.OfPlaybook(texts, cacheFolder)));
        var knowledge = new KnowledgeIndex(synonyms: playbook.Synonyms, cacheFolder: cacheFolder);
        knowledge.AddRange(playbook.Articles.Select(PlaybookSections.ToArticle));
        return new LocalModels(
            playbook, intents, knowledge,
            vectors is null ? null : PlaybookSections.Train(playbook, vectors, cacheFolder), vectors);
    }

    /// <summary>Whether sections are chosen by what customers ask, and not searched by their words.</summary>
    public bool ChoosesSections => Chooser is not null;

    /// <summary>The sections and what they are asked for, or null.</summary>
    internal SectionModel? Chooser { get; }

    /// <summary>The sections that answer a message best; null without encoder or questions.</summary>
    /// <param name="customer">Whose message it is: what is kept of it goes with them.</param>
    public async ValueTask<SectionChoiceOf?> ChooseAsync(
        string customer, string subject, string body, CancellationToken cancellationToken)
    {
        if (Chooser is null) return null;
        var text = MessageText.ForIntent(subject, body);
        return await Chooser.ChooseAsync(customer, text, Topics(customer, text), cancellationToken)
            .ConfigureAwait(false);
    }

    private MessageTopics Topics(string customer, string text)
    {
        var (knowledge, articles) = (0.0, new Dictionary<string, double>());
        foreach (var candidate in Reading(customer, text).Candidates)
        {
            if (_playbook.FindIntent(candidate.Intent) is not { } intent) continue;
            if (intent.Class == IntentClass.Knowledge) knowledge += candidate.Probability;
            foreach (var article in intent.Articles)
                articles[article] = articles.GetValueOrDefault(article) + candidate.Probability;
        }
        return new MessageTopics(Math.Min(1, knowledge), articles);
    }

    /// <summary>ISO 639-1 code, <c>und</c> when the text is too short to tell.</summary>
    public static string Language(string text) => LanguageDetector.Detect(text).Code;

    /// <summary>
    /// Makes the vector of a message where a service has to be asked for it: what reads the message does not wait.
    /// </summary>
    public async ValueTask PrepareAsync(
        string customer, string subject, string body, CancellationToken cancellationToken)
    {
        if (_vectors is null || _intents.Encoder is null) return;
        await Prepared.MakeAsync(_vectors, customer, MessageText.ForIntent(subject, body), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The intent of a message, with what carried it.</summary>
    /// <param name="customer">Whose message it is.</param>
    public TriageReading Read(
        string customer, string subject, string body, string language, IReadOnlyDictionary<string, string> fields)
    {
        // "Die" in a German letter is no death: examples in one language say nothing about another.
        if (language != "und" && !_playbook.Brand.Languages.Contains(language))
            return TriageReading.Unread(TierNames.Local, language, fields);
        var text = MessageText.ForIntent(subject, body);
        var prediction = Reading(customer, text);
        var intent = _playbook.FindIntent(prediction.Intent);
        return new TriageReading
        {
            Intent = intent?.Name ?? TriageReading.None,
            Class = intent?.Class ?? IntentClass.Human,
            Category = intent?.Category ?? TriageReading.None,
            ProductArea = intent?.ProductArea ?? TriageReading.None,
            Confidence = Rounded(prediction.SureOf(intent, _playbook)),
            Tier = TierNames.Local,
            Margin = Math.Round(prediction.Margin, 4),
            OutOfScope = Math.Round(prediction.OutOfScope, 4),
            IsOutOfScope = prediction.IsOutOfScope,
            AlsoHeard = prediction.AlsoHeard,
            Requests = Requests(customer, text, prediction),
            Language = language,
            Fields = fields,
        };
    }

    /// <summary>What a message asks for, one by one; a message with one question is one request.</summary>
    private List<RequestReading> Requests(string customer, string text, MessageReading whole)
    {
        var units = MessageUnits.Of(text);
        if (units is not { Asked: > 1, Questions: { Count: > 1 } questions })
            return [new(units.Questions is [var only] ? only : whole.Question, whole.Intent,
                Rounded(whole.Confidence))];
        return [.. questions.Select(q => Reading(customer, q)).Zip(questions, (reading, asked) =>
            new RequestReading(asked, reading.Intent, Rounded(reading.Confidence)))];
    }

    private static double Rounded(double value) => Math.Round(value, 4);

    /// <summary>
    /// The words that carry an intent, strongest first; none where the message is read as another one.
    /// </summary>
    public async ValueTask<IReadOnlyList<string>> WordsAsync(
        TurnInput input, string intent, CancellationToken cancellationToken)
    {
        await PrepareAsync(input.Customer, input.Subject, input.Body, cancellationToken).ConfigureAwait(false);
        var reading = Reading(input.Customer, MessageText.ForIntent(input.Subject, input.Body));
        return reading.Intent == intent ? reading.Words(_intents) : [];
    }

    /// <summary>Tone of the message, and the mood over the customer's last messages.</summary>
    public static (ToneReading Reading, double Confidence) Tone(
        string subject, string body, IReadOnlyList<string> earlier)
    {
        var now = ToneModel.Default.Score(subject.Length == 0 ? body : subject + ".\n" + body);
        var before = earlier.Skip(Math.Max(0, earlier.Count - MoodWindow)).Select(ToneModel.Default.Score);
        var trajectory = ToneTrajectory.Of([.. before, now]);
        return (now.InConversation(trajectory), now.Confidence);
    }

    /// <summary>How hard the message is.</summary>
    public static ComplexityReading Complexity(string text, TriageReading triage, int earlierTurns)
    {
        return ComplexityModel.Default.Score(
            text, new ComplexityHints { Intents = 1 + triage.AlsoHeard.Count, EarlierTurns = earlierTurns });
    }

    /// <summary>How surely the message says again what an earlier one said, 0 to 1.</summary>
    public static double Repetition(string body, IReadOnlyList<string> earlier)
    {
        var most = RepetitionDetector.Default.Strength(
            [.. earlier.Skip(Math.Max(0, earlier.Count - MoodWindow))], body);
        return Math.Round(most, 4);
    }

    /// <summary>Whether the text tries to instruct the machine, and how.</summary>
    public static (double Score, string? Kind) Instruction(string text)
    {
        var finding = Instructions.Inspect(text);
        return (Math.Round(finding.Score, 4), finding.IsAttempt ? EnumWords.Of(finding.Kind) : null);
    }

    /// <summary>The best answer from the articles, or null with the relevance it would have had.</summary>
    public (DraftAnswer? Draft, double Relevance) Answer(
        string customer, string subject, string body, Intent intent)
    {
        var text = MessageText.ForIntent(subject, body);
        var question = Reading(customer, text).Question;
        var answer = Compose(question, intent);
        // The sentence that states the matter mostly says enough; the rest of the letter is asked only when it does
        // not.
        if (question != text && answer is not { InArticles: true }) answer = BestOf(answer, Compose(text, intent));
        if (answer is null) return (null, 0);
        var relevance = Math.Round(answer.Relevance, 4);
        return answer.InArticles && relevance >= _playbook.Thresholds.AnswerRelevance
            ? (Draft(answer, relevance), relevance)
            : (null, relevance);
    }

    /// <summary>
    /// An answer from the articles the playbook links to the intent; from any article only where none is linked,
    /// because a word in common with another article is no reason to quote it.
    /// </summary>
    private LocalAnswer? Compose(string question, Intent intent) =>
        Find(question, intent, MostPassages, intent.Articles.Count > 0 ? MostPassages : MostPerArticle)
            is { Count: > 0 } passages ? _composer.Compose(question, passages) : null;

    private IReadOnlyList<Passage> Find(string question, Intent intent, int most, int perArticle)
    {
        var search = new SearchOptions
        {
            Top = most, PerArticle = perArticle, Language = _playbook.Brand.Locale, Articles = intent.Articles,
        };
        return _knowledge.Search(question, search);
    }

    /// <summary>What a text is about; triage and the answer ask for the same text, and reading it costs most.</summary>
    private MessageReading Reading(string customer, string text) => _readings.GetOrAdd(text, t => MessageReading.Of(
        t, _intents, _playbook.Thresholds.TriageConfidence, part => _vectors?.AtHand(customer, part)));

    /// <summary>The passages a model may write an answer from.</summary>
    public IReadOnlyList<Passage> Passages(string subject, string body, Intent intent) =>
        Find(MessageText.ForIntent(subject, body), intent, PassagesForModels, PassagesPerArticleForModels);

    /// <summary>The passages for the turn's intent: the same that its draft was written from.</summary>
    public IReadOnlyList<Passage> Passages(Turn turn)
    {
        var intent = _playbook.FindIntent(turn.Triage.Intent);
        return intent is null ? [] : Passages(turn.Subject, turn.Body, intent);
    }

    private static LocalAnswer? BestOf(LocalAnswer? one, LocalAnswer? other) =>
        one is null || other?.Relevance > one.Relevance ? other : one;

    /// <summary>The articles an answer cites, whole.</summary>
    public IReadOnlyList<string> Sources(DraftAnswer draft) =>
        [.. draft.Citations.Select(c => $"{c.Title}\n{c.Heading}\n{_knowledge.Find(c.ArticleId)?.Body ?? c.Quote}")
            .Distinct()];

    /// <summary>What an answer says that its sources do not.</summary>
    public IReadOnlyList<string> Ungrounded(DraftAnswer draft)
    {
        var report = GroundingCheck.Check(
            draft.Text, Sources(draft), new GroundingOptions { KnownNames = [_playbook.Brand.Name] });
        if (report.Grounded) return [];
        var problems = report.Sentences.Where(s => !s.Supported).SelectMany(s => s.Problems).Distinct().ToList();
        return problems.Count > 0 ? problems : ["a sentence is not backed by the articles"];
    }

    private static DraftAnswer Draft(LocalAnswer answer, double relevance) => new()
    {
        Text = answer.Text,
        Source = "article",
        Citations = [.. answer.Citations.Select(c => new Citation(c.ArticleId, c.Title, c.Heading, c.Quote))],
        Relevance = relevance,
        Tier = TierNames.Local,
    };
}
