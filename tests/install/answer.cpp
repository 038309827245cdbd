// answer MODEL PHOTO: the same in C++.
#include <lentigo.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

static std::vector<char> read(const char *path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    const std::vector<char> model = read(arguments[1]), photo = read(arguments[2]);
    lt_engine *made = nullptr;
    if (lt_create(nullptr, &made) != LT_OK) return 1;
    const std::unique_ptr<lt_engine, decltype(&lt_destroy)> engine(made, lt_destroy);
    lt_result *place = nullptr;
    const lt_status loaded = lt_load_model(made, model.data(), model.size());
    const lt_status ready = loaded == LT_OK ? lt_result_create(made, &place) : loaded;
    const std::unique_ptr<lt_result, decltype(&lt_result_free)> result(place, lt_result_free);
    lt_request request;
    lt_request_default(&request);
    if (ready != LT_OK || lt_classify(made, photo.data(), photo.size(), &request, result.get()) != LT_OK) {
        std::fprintf(stderr, "%s\n", lt_error_text(made));
        return 1;
    }
    const auto best = result->order[0];
    std::printf("%s %s %.4f\n", lt_version(), lt_get_model(made)->labels[best].id, double(result->probabilities[best]));
}
