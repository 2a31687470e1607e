import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.elasticsearch.index.analysis.AbstractCharFilterFactory;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * What Elasticsearch's distribution has in its module analysis-common, as far as the platform uses
 * it: that module is in no package repository. Without words that are left out.
 */
public class LanguageAnalyzers extends Plugin implements AnalysisPlugin {
  private static final Map<String, Supplier<Analyzer>> ANALYZERS = Map.of(
      "english", () -> new EnglishAnalyzer(CharArraySet.EMPTY_SET),
      "french", () -> new FrenchAnalyzer(CharArraySet.EMPTY_SET),
      "spanish", () -> new SpanishAnalyzer(CharArraySet.EMPTY_SET),
      "arabic", () -> new ArabicAnalyzer(CharArraySet.EMPTY_SET),
      "russian", () -> new RussianAnalyzer(CharArraySet.EMPTY_SET),
      "cjk", () -> new CJKAnalyzer(CharArraySet.EMPTY_SET));

  @Override
  public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
    Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> providers =
        new HashMap<>();
    // An index closes its analyzers: each has its own.
    ANALYZERS.forEach((type, made) -> providers.put(type, (index, environment, name, settings) ->
        new AbstractIndexAnalyzerProvider<Analyzer>(index, name, settings) {
          private final Analyzer analyzer = made.get();

          @Override
          public Analyzer get() {
            return analyzer;
          }
        }));
    return providers;
  }

  @Override
  public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
    return Map.of("asciifolding", (index, environment, name, settings) ->
        new AbstractTokenFilterFactory(index, name, settings) {
          @Override
          public TokenStream create(TokenStream tokens) {
            return new ASCIIFoldingFilter(tokens);
          }
        });
  }

  @Override
  public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
    return Map.of("pattern_replace", AnalysisPlugin.requiresAnalysisSettings(
        (index, environment, name, settings) -> {
          Pattern pattern = Pattern.compile(settings.get("pattern"));
          String replacement = settings.get("replacement");
          return new AbstractCharFilterFactory(index, name) {
            @Override
            public Reader create(Reader text) {
              return new PatternReplaceCharFilter(pattern, replacement, text);
            }
          };
        }));
  }
}
